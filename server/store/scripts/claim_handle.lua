-- Gives a person the first of the offered names that is free here; those before stay theirs, unseen by others. All of
-- them are kept from now on.
-- KEYS: name names
-- ARGV: person prefix keep_ms offers
-- include: names
for normal, offered in string.gmatch(offers, "([^\n]+)\t([^\n]+)") do
  local key = prefix .. normal
  if redis.call("SET", key, person, "NX", "PX", keep_ms) or redis.call("GET", key) == person then
    redis.call("SADD", names, normal)
    redis.call("SET", name, offered)
    keep_names()
    return offered
  end
end
return ""
