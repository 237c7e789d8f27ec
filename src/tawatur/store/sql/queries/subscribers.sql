-- The people of public newsletters: see store/subscribers.py.

-- name: add_asking
-- Keep what stands behind a link by which somebody confirms.
INSERT INTO askings (hash, newsletter, email, email_key, language, network, expires)
VALUES (:hash, :newsletter, :email, :email_key, :language, :network, :expires);

-- name: asking
-- What stands behind a link that can still be used.
SELECT hash, newsletter, email, language, network, expires FROM askings WHERE hash = :hash AND expires > :now;

-- name: drop_askings
-- Use up the links for a newsletter and an address.
DELETE FROM askings WHERE newsletter = :newsletter AND email_key = :email_key;

-- name: add_subscriber
-- Keep a new subscriber, unless the newsletter has one with this address.
INSERT INTO subscribers (id, newsletter, email, email_key, language, consent)
VALUES (:id, :newsletter, :email, :email_key, :language, :consent)
ON CONFLICT (newsletter, email_key) DO NOTHING;

-- name: put_subscriber
-- Keep what has changed of a subscriber.
UPDATE subscribers SET language = :language, consent = :consent WHERE id = :id;

-- name: subscriber
-- One subscriber.
SELECT id, newsletter, email, language, consent FROM subscribers WHERE id = :id;

-- name: subscriber_of
-- The subscriber of a newsletter who has an address.
SELECT id, newsletter, email, language, consent FROM subscribers
WHERE newsletter = :newsletter AND email_key = :email_key;

-- name: subscriptions
-- All that an address is subscribed to.
SELECT id, newsletter, email, language, consent FROM subscribers WHERE email_key = :email_key ORDER BY newsletter;

-- name: subscribers
-- Subscribers to whom a newsletter is sent, behind one of them; none to whose address nothing is sent any more.
SELECT id, newsletter, email, language, consent FROM subscribers
WHERE newsletter = :newsletter AND id > :behind
    AND NOT EXISTS (SELECT 1 FROM suspended WHERE suspended.email_key = subscribers.email_key)
ORDER BY id LIMIT :limit;

-- name: audiences
-- How many people each newsletter has, and to how many of them nothing is sent any more.
SELECT newsletter, count(*) AS number, count(suspended.email_key) AS stopped
FROM subscribers LEFT JOIN suspended ON suspended.email_key = subscribers.email_key GROUP BY newsletter;

-- name: departures
-- How many people have left each newsletter.
SELECT newsletter, count(*) AS number FROM departures GROUP BY newsletter;

-- name: drop_subscriber
-- Erase a subscriber.
DELETE FROM subscribers WHERE id = :id;

-- name: add_departure
-- Keep the mark of an address that has left.
INSERT INTO departures (newsletter, mark, at) VALUES (:newsletter, :mark, :at) ON CONFLICT (newsletter, mark) DO NOTHING;

-- name: departure
-- Whether an address has left a newsletter.
SELECT mark FROM departures WHERE newsletter = :newsletter AND mark = :mark;

-- name: drop_departure
-- Forget that an address has left.
DELETE FROM departures WHERE newsletter = :newsletter AND mark = :mark;

-- name: tidy_askings
-- Forget links that have expired.
DELETE FROM askings WHERE expires <= :now;
