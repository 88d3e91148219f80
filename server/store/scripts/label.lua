-- Passage: counts a moderator's decision about a rule; forgotten a year after the room's last one. An empty label is none.
local function count_label()
  if label == "" then return end
  redis.call("HINCRBY", labels, label, 1)
  redis.call("PEXPIRE", labels, audit_ms)
end
