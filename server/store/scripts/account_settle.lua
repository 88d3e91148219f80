-- Opens an account for good, or gives its name back; 0 where it is no longer this person's.
-- KEYS: account
-- ARGV: person open
if redis.call("HGET", account, "person") ~= person then return 0 end
if open == "0" then return redis.call("DEL", account) end
redis.call("HSET", account, "open", "1")
redis.call("PERSIST", account)
return 1
