-- Passage: all names that a person has in a room are kept from now on; how many they are.
local function keep_names()
  local theirs = redis.call("SMEMBERS", names)
  for _, normal in ipairs(theirs) do redis.call("PEXPIRE", prefix .. normal, keep_ms) end
  if #theirs > 0 then
    redis.call("PEXPIRE", names, keep_ms)
    redis.call("PEXPIRE", name, keep_ms)
  end
  return #theirs
end
