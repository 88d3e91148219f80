-- Takes a name for an account, for a minute, until it is settled; 0 where the name is taken.
-- KEYS: account
-- ARGV: person name role passphrase settle_ms
if redis.call("EXISTS", account) == 1 then return 0 end
redis.call("HSET", account, "person", person, "name", name, "role", role, "passphrase", passphrase)
redis.call("PEXPIRE", account, settle_ms)
return 1
