// Mantine bent to our tokens: one dense size, strong borders, a focus that is seen. Colours live in tokens.css only.
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** Ten steps of one ink blue-green. The two that are used, 7 (light) and 3 (dark), are checked against both grounds. */
const ink: MantineColorsTuple = [
  '#eaf4f6',
  '#d3e6ea',
  '#a9ced6',
  '#74c2d3',
  '#4d9fb1',
  '#2c8295',
  '#176b7e',
  '#0b5668',
  '#084655',
  '#05333e',
];

export const theme = createTheme({
  primaryColor: 'ink',
  primaryShade: { light: 7, dark: 3 },
  autoContrast: true,
  colors: { ink },
  fontFamily: "'Noto Sans', 'Noto Sans Devanagari', system-ui, sans-serif",
  fontFamilyMonospace: "'Noto Sans', 'Noto Sans Devanagari', ui-monospace, monospace",
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  lineHeights: { xs: '1.5', sm: '1.5', md: '1.5', lg: '1.5', xl: '1.4' },
  defaultRadius: 4,
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'never',
  components: {
    TextInput: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    Textarea: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm' } },
    Button: { defaultProps: { size: 'sm' } },
    // Mantine's own grey is too faint to be read on either ground.
    Notification: { styles: { description: { color: 'var(--n-text)' } } },
    Modal: { defaultProps: { centered: true, transitionProps: { duration: 0 }, overlayProps: { backgroundOpacity: 0.55 } } },
  },
});

/** Mantine's own variables, pointed at our tokens; plain CSS would lose on specificity (facts/desk-stack.md section 2). */
export const cssVariablesResolver: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--n-ground)',
    '--mantine-color-text': 'var(--n-text)',
    '--mantine-color-dimmed': 'var(--n-muted)',
    '--mantine-color-placeholder': 'var(--n-muted)',
    '--mantine-color-error': 'var(--n-danger)',
    '--mantine-color-default': 'var(--n-surface)',
    '--mantine-color-default-hover': 'var(--n-hover)',
    '--mantine-color-default-color': 'var(--n-text)',
    '--mantine-color-default-border': 'var(--n-border)',
    '--mantine-color-disabled': 'var(--n-hover)',
    '--mantine-color-disabled-color': 'var(--n-muted)',
    '--mantine-color-disabled-border': 'var(--n-border)',
  };
  return { variables: {}, light: shared, dark: shared };
};
