import { defineConfig } from "vite";
import { sprite } from "./sprite.ts";

// Hashed files, a manifest and a sprite for the server, and nothing that a strict policy would refuse.
// The styles are an entry of their own, because the pages without scripts use them too; the service
// worker keeps its name, because a browser looks for it at one address for ever.
export default defineConfig({
  base: "/static/",
  publicDir: "public",
  plugins: [sprite()],
  build: {
    manifest: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2022",
    rollupOptions: {
      input: { main: "src/main.tsx", styles: "src/styles/index.css", sw: "src/sw.ts" },
      output: { entryFileNames: ({ name }) => (name === "sw" ? "sw.js" : "assets/[name]-[hash].js") },
    },
  },
});
