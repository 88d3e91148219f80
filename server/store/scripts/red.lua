-- Notes whether nobody is on duty in opening hours: since when, or 0.
-- KEYS: since
-- ARGV: is_red
-- include: clock
if is_red == "0" then
  redis.call("DEL", since)
  return 0
end
redis.call("SET", since, now, "NX")
return tonumber(redis.call("GET", since))
