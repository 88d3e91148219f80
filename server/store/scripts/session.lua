-- Passage: whose sign-in this is, kept alive with its person: role, name, when it was made and renewed; nothing where
-- it is not known. `is_fixed`: it ends by the clock or is replaced.
local function recognise()
  local at, ends, next_at, before, used, replaced =
    unpack(redis.call("HMGET", session, "at", "ends", "next_at", "before", "used", "replaced"))
  local role, name, rules, rest_until, rest_urgency =
    unpack(redis.call("HMGET", person, "role", "name", "rules", "rest_until", "rest_urgency"))
  if not at or not role then return nil end
  redis.call("HSET", person, "seen", now)
  redis.call("PEXPIRE", person, person_ms)
  redis.call("SADD", sessions, session)
  redis.call("PEXPIRE", sessions, person_ms)
  -- The old token lives until the new one is used, for the answer that carried it may have been lost on the way;
  -- then a little longer, for another tab's request may be under way. `before` is of the same tag.
  if before and not used then
    if redis.call("EXISTS", before) == 1 then
      redis.call("HSET", before, "replaced", "1")
      redis.call("PEXPIRE", before, grace_ms)
    end
    redis.call("HSET", session, "used", "1")
  end
  local is_fixed = ends or replaced
  if not is_fixed then redis.call("PEXPIRE", session, session_ms) end
  local is_due = not is_fixed and now - at >= tonumber(rotate_ms) and now - (tonumber(next_at) or 0) >= tonumber(grace_ms)
  return {role, name, is_due = is_due, rules = rules, rest_until = rest_until, rest_urgency = rest_urgency}
end
