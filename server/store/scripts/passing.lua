-- Passage: tells a channel what has no number. Whom it is about comes behind the frame and stays in the server, one tag
-- each: some of them are kept apart from some who hear it. Where the frame ends stands in the place of the time.
local function pass(event, tags)
  local frame = "\146\207" .. string.rep("\0", 8) .. cmsgpack.pack(event)
  local head = string.rep("\0", 16) .. struct.pack(">I8", #frame) .. string.rep("\0", 16)
  redis.call("SPUBLISH", channel, head .. frame .. table.concat(tags, " "))
end
