-- Says something in a room or a thread: checked, numbered, kept and published in one step.
-- KEYS: meta log seen seen_before mute ban spared turn rate name out
-- ARGV: channel keep keep_ms meta_ms lineage author_tag person handle exempt burst each_us seen_ms name_ms event field digest replaces errands
-- include: clock
-- include: number
-- include: guards
-- include: remember
-- include: errands
local no, turn_ms = refusal()
if no then return no end
local seq, epoch = number(event, author_tag, person, 0)
remember("P" .. struct.pack(">I8", seq) .. digest)
leave_errands()
return {"posted", seq, turn_ms, now}
