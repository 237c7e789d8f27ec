-- One story with one report and an older version of it, as the release before repairs kept them.
INSERT INTO documents VALUES ('d', 'a.txt', 'text', NULL, NULL, 'one', NULL, '2026-03-09T12:00:00.000000+00:00', x'00');
INSERT INTO articles VALUES
    ('a', 'd', 'one', NULL, '', NULL, '2026-03-09T12:00:00.000000+00:00', '{"id": "a", "outlet": "one", "origin": "a.txt", "collected": "2026-03-09T12:00:00Z"}'),
    ('b', 'd', 'one', NULL, '', NULL, '2026-03-09T12:00:00.000000+00:00', '{"id": "b", "outlet": "one", "origin": "b.txt", "collected": "2026-03-09T12:00:00Z"}');
INSERT INTO analyses VALUES ('a', '1', '{"article": "a", "version": "1"}'), ('b', '1', '{"article": "b", "version": "1"}');
INSERT INTO stories VALUES ('S', '2026-03-09T12:00:00.000000+00:00', 0, 'title of S', '', '2026-03-09T12:00:00.000000+00:00',
    '2026-03-09T12:00:00.000000+00:00', '2026-03-09', 1, '["one"]', 1, 0);
INSERT INTO profiles (article, time, clocked, story, profile, newer) VALUES
    ('a', '2026-03-09T12:00:00.000000+00:00', 0, 'S', '{"article": "a", "outlet": "one", "time": "2026-03-09T12:00:00Z", "dated": false, "keys": [], "words": [], "title": 0, "lead": 0}', 'b'),
    ('b', '2026-03-09T12:00:00.000000+00:00', 0, 'S', '{"article": "b", "outlet": "one", "time": "2026-03-09T12:00:00Z", "dated": false, "keys": [], "words": [], "title": 0, "lead": 0}', NULL);
INSERT INTO reports VALUES ('a', 'S', 0, 0.0, '{"key": "first"}'), ('b', 'S', 1, 1.0, '{"key": "revision", "like": "a"}');
