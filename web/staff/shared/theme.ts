import type { MantineColorsTuple } from '@mantine/core';
import { Button, createTheme, Drawer, Modal, Paper, Table, TextInput } from '@mantine/core';

/** The one accent of the house, from pale to dark; dark schemes use the lighter half. */
const petrol: MantineColorsTuple = [
  '#e6f1f6',
  '#cde2ec',
  '#a5cbdc',
  '#79b3cb',
  '#549ebc',
  '#2f86a8',
  '#1a7293',
  '#0e5c78',
  '#0a4a62',
  '#07384b',
];

/** Greys of the dark scheme: the page, cards, lines and text, with a breath of the accent in them. */
const dark: MantineColorsTuple = [
  '#e4ebf0',
  '#c5d0d9',
  '#a3b3c0',
  '#8598a7',
  '#3d5060',
  '#2c3c4a',
  '#1a2733',
  '#121c25',
  '#0d151c',
  '#090f14',
];

// why: their header would count as one more banner of the page. A click beside one is a slip more often than a wish to
// close, and would lose what was ticked or typed.
const dialogDefaults = {
  closeButtonProps: { 'aria-label': 'Close' },
  closeOnClickOutside: false,
  padding: 'lg',
  attributes: { header: { role: 'presentation' } },
} as const;

export const theme = createTheme({
  primaryColor: 'petrol',
  primaryShade: { light: 7, dark: 6 },
  colors: { petrol, dark },
  black: '#14202b',
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "DejaVu Sans", Arial, sans-serif',
  headings: { fontWeight: '700', sizes: { h1: { fontSize: '1.4rem' }, h2: { fontSize: '1rem' } } },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  components: {
    Button: Button.extend({ defaultProps: { fw: 700 } }),
    Paper: Paper.extend({ defaultProps: { withBorder: true, radius: 'lg' } }),
    Modal: Modal.extend({
      defaultProps: {
        centered: true,
        radius: 'lg',
        yOffset: '1.25rem',
        xOffset: '0.75rem',
        ...dialogDefaults,
        styles: { title: { fontSize: '1.15rem', fontWeight: 700 } },
      },
    }),
    Drawer: Drawer.extend({ defaultProps: { ...dialogDefaults, closeOnClickOutside: true } }),
    Table: Table.extend({ defaultProps: { verticalSpacing: 'xs' } }),
    TextInput: TextInput.extend({ defaultProps: { autoComplete: 'off' } }),
  },
});
