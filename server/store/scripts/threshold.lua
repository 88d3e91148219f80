-- What stands between a person and writing in a room, what they are called there, and everything that is held there.
-- Whoever comes in keeps their name from now on.
-- KEYS: meta turn mute ban name names held
-- ARGV: prefix keep_ms
-- include: names
local room = redis.call("HMGET", meta, "slow", "state")
return {
  room[1],
  room[2],
  redis.call("PTTL", turn),
  redis.call("PTTL", mute),
  redis.call("PTTL", ban),
  keep_names() > 0 and redis.call("GET", name),
  redis.call("HVALS", held),
}
