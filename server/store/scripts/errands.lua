-- Passage: leaves errands for whoever carries them; each is an id and its bytes, both with their length before them.
local function leave_errands()
  local place, id, errand = 1
  while place <= #errands do
    id, errand, place = struct.unpack(">I4c0I4c0", errands, place)
    redis.call("HSET", out, id, errand)
  end
end
