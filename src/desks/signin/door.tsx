// The page before anybody is in: the name of the system, the other language one key away, and what is asked.
import { chooseLanguage } from '#desk/app/look.ts';
import { useText } from '#desk/i18n/i18n.ts';
import type { ReactElement, ReactNode } from 'react';
import './signin.css';

export function Door({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactElement {
  const { language } = useText();
  const other = language === 'hi' ? 'en' : 'hi';
  return (
    <main className="n-door">
      <header>
        <span lang="hi" className="n-door-name">
          निरंतर
        </span>{' '}
        <span className="n-muted">Nirantar</span>
        <span className="n-spring" />
        <button type="button" className="n-quiet" lang={other} onClick={() => void chooseLanguage(other, undefined)}>
          {other === 'hi' ? 'हिन्दी' : 'English'}
        </button>
      </header>
      <h1>{title}</h1>
      {children}
    </main>
  );
}
