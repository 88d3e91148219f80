/** Our own drawings. `--light` is the lamp's colour where it is lit and nothing where it is dark; `--pane` outlines its glass. */
export const SHAPES = `
<symbol id="d-lamp" viewBox="0 0 16 20">
  <path d="M8 .8v3" stroke="var(--shade)" stroke-width="1.6" stroke-linecap="round"/>
  <path d="M2.6 7.6 8 3.2l5.4 4.4z" fill="var(--shade)"/>
  <path d="M4.3 7.6h7.4l-.9 8.2H5.2z" fill="var(--light)" stroke="var(--pane)" stroke-width="1.4" stroke-linejoin="round"/>
  <path d="M3.6 18.4h8.8" stroke="var(--shade)" stroke-width="2" stroke-linecap="round"/>
</symbol>
<symbol id="d-room" viewBox="0 0 44 64" stroke="var(--shade)" stroke-width="2" stroke-linejoin="round">
  <rect x="6" y="6" width="32" height="50" fill="var(--light)"/>
  <path d="M6 6l15 6v50l-15-6z" fill="var(--door)"/>
  <circle cx="17" cy="37" r="1.8" fill="var(--knob)" stroke="none"/>
</symbol>
<symbol id="d-listener" viewBox="0 0 44 64" stroke="var(--shade)" stroke-width="2">
  <rect x="6" y="6" width="32" height="50" fill="var(--door)"/>
  <rect x="13" y="13" width="18" height="17" fill="var(--light)"/>
  <path d="M22 13v17M13 21.5h18" stroke-width="1.6"/>
  <circle cx="32" cy="39" r="1.8" fill="var(--knob)" stroke="none"/>
</symbol>
<symbol id="d-help" viewBox="0 0 44 64" stroke="var(--shade)" stroke-width="2" stroke-linejoin="round">
  <rect x="5" y="6" width="6" height="26" rx="1" fill="var(--door)"/>
  <path d="M11 12h13v5" fill="none" stroke-width="2.6"/>
  <path d="M12 28 24 17l12 11z" fill="var(--shade)" stroke-width="1.6"/>
  <path d="M15 28h18l-2.4 21H17.4z" fill="var(--light)"/>
  <path d="M14 55h20" stroke-width="2.8" stroke-linecap="round"/>
</symbol>
`;
