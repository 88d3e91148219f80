/** Every icon that the pages use; the sprite of a page holds these and no others. */
export const ICONS = [
  "arrow-left", "check", "chevron-right", "circle-alert", "cloud-off", "globe", "hourglass", "info", "life-buoy", "lock", "log-out",
  "message-square", "mic-off", "minus", "pencil", "phone", "rotate-cw", "send-horizontal", "shield-check", "timer", "undo-2", "x",
] as const;

/** Those of the console alone, which a peer's phone need not load. */
export const STAFF_ICONS = [
  "bell-ring", "circle-dot", "eye", "eye-off", "flag", "hand-helping", "volume-2", "volume-off",
] as const;

export type IconName = (typeof ICONS)[number] | (typeof STAFF_ICONS)[number];
