/** Colours and fonts of a picture that leaves the page: the light palette of static/styles/tokens.css, on its own ground. */
export const PAPER = {
  canvas: '#fbfbfc',
  surface: '#ffffff',
  lineStrong: '#cbd0d8',
  edge: '#858e9c',
  ink: '#14181f',
  ink2: '#454d5a',
  ink3: '#667080',
  value: '#08673a',
  gradient: '#b01e27',
  warn: '#8a5300',
  parameter: '#eef0f4',
  sunken: '#f2f4f7',
  heatPlus: '#2767b0',
  heatZero: '#eceef2',
  heatMinus: '#c9700f',
} as const;

export const UI_FONT = "'Inter Variable', Inter, system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";
export const MATH_FONT = "KaTeX_Math, 'Latin Modern Math', 'Cambria Math', 'Times New Roman', serif";
export const MAIN_FONT = "KaTeX_Main, 'Latin Modern Roman', Cambria, 'Times New Roman', serif";
