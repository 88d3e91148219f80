-- Passage: where a channel stands: epoch, top and floor; begins the numbering where the channel is new.
-- include: epoch
local function standing()
  local epoch = current_epoch()
  if tonumber(meta_ms) > 0 then redis.call("PEXPIRE", meta, meta_ms) end
  local at = redis.call("HMGET", meta, "seq", "floor")
  return tonumber(epoch), tonumber(at[1] or 0), tonumber(at[2] or 0)
end
