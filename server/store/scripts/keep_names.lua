-- Keeps what a person is called in a room for as long as they are there.
-- KEYS: name names
-- ARGV: prefix keep_ms
-- include: names
return keep_names()
