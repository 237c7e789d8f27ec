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
INSERT INTO subscribers (id, newsletter, email, email_key, language, consent, stopped)
VALUES (:id, :newsletter, :email, :email_key, :language, :consent, :stopped)
ON CONFLICT (newsletter, email_key) DO NOTHING;

-- name: put_subscriber
-- Keep what has changed of a subscriber.
UPDATE subscribers SET language = :language, consent = :consent, stopped = :stopped WHERE id = :id;

-- name: subscriber
-- One subscriber.
SELECT id, newsletter, email, language, consent, stopped FROM subscribers WHERE id = :id;

-- name: subscriber_of
-- The subscriber of a newsletter who has an address.
SELECT id, newsletter, email, language, consent, stopped FROM subscribers
WHERE newsletter = :newsletter AND email_key = :email_key;

-- name: subscriptions
-- All that an address is subscribed to.
SELECT id, newsletter, email, language, consent, stopped FROM subscribers WHERE email_key = :email_key ORDER BY newsletter;

-- name: subscribers
-- Subscribers to whom a newsletter is sent, behind one of them.
SELECT id, newsletter, email, language, consent, stopped FROM subscribers
WHERE newsletter = :newsletter AND stopped = '' AND id > :behind ORDER BY id LIMIT :limit;

-- name: audiences
-- How many people each newsletter has.
SELECT newsletter, count(CASE WHEN stopped = '' THEN 1 END) AS subscribed, count(CASE WHEN stopped <> '' THEN 1 END) AS stopped
FROM subscribers GROUP BY newsletter;

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
