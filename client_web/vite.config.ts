import { defineConfig } from "vite";
import { sprite } from "./sprite.ts";

// Hashed files and a manifest for the server, and nothing that a strict policy would refuse. The worker's address never changes.
export default defineConfig({
  base: "/static/",
  plugins: [sprite()],
  build: {
    manifest: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2022",
    rollupOptions: {
      input: { early: "src/early.ts", main: "src/main.tsx", styles: "src/styles/index.css", sw: "src/sw.ts" },
      output: { entryFileNames: ({ name }) => (name === "sw" ? "sw.js" : "assets/[name]-[hash].js") },
    },
  },
});
