-- Passage: one plain row of who did what, which and why; older than its time goes. An empty row is none.
local function write_audit()
  if audit_row == "" then return end
  redis.call("XADD", audit, "MINID", "~", now - audit_ms, "*", "row", audit_row)
end
