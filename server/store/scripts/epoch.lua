-- Passage: the channel's epoch; another one where the channel is new, or of another lineage than the store is now.
local function current_epoch()
  local at = redis.call("HMGET", meta, "epoch", "lineage")
  if at[1] and at[2] == lineage then return at[1] end
  local epoch = string.format("%.0f", math.max(now, (tonumber(at[1]) or 0) + 1))
  redis.call("HSET", meta, "epoch", epoch, "lineage", lineage)
  return epoch
end
