-- Passage: gives an event the channel's next number and the time, keeps it, and tells every process.
-- include: epoch
local function number(event, author_tag, person, gone)
  local epoch = current_epoch()
  local seq = redis.call("HINCRBY", meta, "seq", 1)
  local stamped = string.sub(event, 1, -9) .. struct.pack(">I8", now)
  local frame = "\146\207" .. struct.pack(">I8", seq) .. stamped
  redis.call("XADD", log, seq .. "-0", "f", frame, "t", now, "p", person, "a", author_tag, "g", gone)
  local told = struct.pack(">I8I8I8I8", epoch, seq, now, gone) .. author_tag .. frame
  if channel == "inboxes" then
    -- All inboxes are heard on one channel, by every node of a cluster: whose it is stands before the rest.
    redis.call("PUBLISH", channel, string.match(meta, "^({p:[^}]+}):") .. told)
  else
    redis.call("SPUBLISH", channel, told)
  end
  -- Trimmed by hand and not by MAXLEN, so that `floor` says exactly what is no longer kept: any other
  -- number that is absent was removed by a moderator, and is no gap.
  for _ = 1, 3 do
    local first = redis.call("XRANGE", log, "-", "+", "COUNT", 1)[1]
    local is_over = redis.call("XLEN", log) > tonumber(keep)
    if not first or not (is_over or tonumber(first[2][4]) < now - keep_ms) then break end
    redis.call("XDEL", log, first[1])
    redis.call("HSET", meta, "floor", string.match(first[1], "^%d+"))
  end
  redis.call("PEXPIRE", log, keep_ms)
  if tonumber(meta_ms) > 0 then redis.call("PEXPIRE", meta, meta_ms) end
  return seq, epoch
end
