-- Gives a person the first of the offered names that is free here; the one before stays theirs, unseen by others.
-- KEYS: name
-- ARGV: person prefix keep_ms offers
for normal, offered in string.gmatch(offers, "([^\n]+)\t([^\n]+)") do
  local key = prefix .. normal
  if redis.call("SET", key, person, "NX", "PX", keep_ms) or redis.call("GET", key) == person then
    redis.call("PEXPIRE", key, keep_ms)
    redis.call("SET", name, offered, "PX", keep_ms)
    return offered
  end
end
return ""
