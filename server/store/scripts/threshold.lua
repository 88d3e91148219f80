-- What stands between a person and writing in a room, what they are called there, and everything that is held there.
-- KEYS: meta turn mute ban name held
local room = redis.call("HMGET", meta, "slow", "state")
return {
  room[1],
  room[2],
  redis.call("PTTL", turn),
  redis.call("PTTL", mute),
  redis.call("PTTL", ban),
  redis.call("GET", name),
  redis.call("HVALS", held),
}
