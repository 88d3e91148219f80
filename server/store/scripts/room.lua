-- Changes slow mode or the door of a room, and says so in the room.
-- KEYS: meta log out audit
-- ARGV: channel event author_tag slow state keep keep_ms meta_ms lineage errands audit_row audit_ms
-- include: clock
-- include: number
-- include: errands
-- include: audit
redis.call("HSET", meta, "slow", slow, "state", state)
number(event, author_tag, "", 0)
leave_errands()
write_audit()
return 1
