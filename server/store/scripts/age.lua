-- Passage: keeps the age band that was told at the door. Who has said to be under 18 stays so, whatever is tapped later.
local function note_age()
  if age == "minor" or (age ~= "" and redis.call("HGET", person, "age") ~= "minor") then
    redis.call("HSET", person, "age", age)
  end
end
