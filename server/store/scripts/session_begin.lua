-- Makes a sign-in, and the person behind it where it is their first.
-- KEYS: person session sessions
-- ARGV: role name age ends session_ms person_ms
-- include: clock
-- include: age
redis.call("HSET", person, "role", role, "name", name, "seen", now)
note_age()
redis.call("PEXPIRE", person, person_ms)
redis.call("SADD", sessions, session)
redis.call("PEXPIRE", sessions, person_ms)
redis.call("HSET", session, "at", now)
if ends == "1" then redis.call("HSET", session, "ends", "1") end
redis.call("PEXPIRE", session, session_ms)
return now
