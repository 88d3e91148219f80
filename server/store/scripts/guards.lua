-- Passage: what a post must pass, in this order: said before? removed, closed, muted, named, too soon, too fast.
local function refusal()
  local before = redis.call("HGET", seen, field) or redis.call("HGET", seen_before, field)
  if before then
    -- Written again: where copies must confirm, they confirm this and so all that another process wrote before it.
    redis.call("HSET", seen, field, before)
    redis.call("PEXPIRE", seen, seen_ms)
    return {"again", before}
  end
  local banned = redis.call("PTTL", ban)
  if banned > 0 then return {"removed", banned} end
  local room = redis.call("HMGET", meta, "slow", "state")
  local slow = redis.call("EXISTS", spared) == 1 and 0 or tonumber(room[1] or 0)
  if exempt == "" then
    if room[2] == "closed" then return {"closed"} end
    local muted = redis.call("PTTL", mute)
    if muted > 0 then return {"muted", muted} end
  end
  if handle ~= "" then
    local called = redis.call("GET", name)
    if called ~= handle then return {"name", called or ""} end
    redis.call("PEXPIRE", name, name_ms)
  end
  -- An edit of a withdrawn message has had its turn; the mark is used up, so that it serves once.
  local edits = replaces ~= "" and redis.call("HGET", seen, replaces)
  if exempt ~= "" or edits == "W" then
    if edits == "W" then redis.call("HSET", seen, replaces, "E") end
    return nil, 0
  end
  if slow > 0 then
    local wait = redis.call("PTTL", turn)
    if wait > 0 then return {"slow_mode", wait} end
  end
  local whole_at = math.max(tonumber(redis.call("GET", rate) or 0), now_us) + each_us
  local wait_us = whole_at - now_us - burst * each_us
  if wait_us > 0 then return {"rate", math.ceil(wait_us / 1000)} end
  redis.call("SET", rate, string.format("%.0f", whole_at), "PX", math.ceil((whole_at - now_us) / 1000))
  if slow > 0 then redis.call("SET", turn, "1", "PX", slow * 1000) end
  return nil, slow * 1000
end
