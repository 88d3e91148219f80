/** Runs before the first paint of every page, so that who chose dark is not met by light. It imports nothing: it is no module. */

{
  let chosen: string | null = null;
  try {
    chosen = localStorage.getItem("porchlight-theme"); // as theme.ts keeps it
  } catch {
    // no storage: as the device says
  }
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset["theme"] = chosen;
}
