-- Passage: where a channel stands: epoch, top and floor; begins the numbering where the channel is new.
local function standing()
  redis.call("HSETNX", meta, "epoch", now)
  if tonumber(meta_ms) > 0 then redis.call("PEXPIRE", meta, meta_ms) end
  local at = redis.call("HMGET", meta, "epoch", "seq", "floor")
  return tonumber(at[1]), tonumber(at[2] or 0), tonumber(at[3] or 0)
end
