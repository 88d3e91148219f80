-- Posts a held message under its author: a ban still counts, a mute and slow mode do not.
-- KEYS: meta log seen held ban labels out audit
-- ARGV: channel event author_tag person field digest hold label keep keep_ms meta_ms lineage seen_ms errands audit_row audit_ms
-- include: clock
-- include: number
-- include: remember
-- include: errands
-- include: audit
-- include: label
if redis.call("EXISTS", ban) == 1 then return "removed" end
if redis.call("HDEL", held, hold) == 0 then return "gone" end
local seq = number(event, author_tag, person, 0)
remember("P" .. struct.pack(">I8", seq) .. digest)
leave_errands()
write_audit()
count_label()
return "posted"
