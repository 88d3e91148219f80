/** Every icon that the pages use; the sprite holds these and no others. */
export const ICONS = [
  "arrow-left", "bell-ring", "check", "chevron-right", "circle-alert", "circle-dot", "cloud-off",
  "eye", "eye-off", "flag", "globe", "hand-helping", "hourglass", "info", "life-buoy", "lock", "log-out",
  "message-square", "mic-off", "minus", "pencil", "phone", "rotate-cw", "send-horizontal", "shield-check", "timer",
  "undo-2", "volume-2", "volume-off", "x",
] as const;

export type IconName = (typeof ICONS)[number];
