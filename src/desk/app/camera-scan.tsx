// Reads codes with the camera. Loaded only when opened; its wasm comes from our own server. It keeps no picture.
import { useText } from '#desk/i18n/i18n.ts';
import { Note } from '#desk/ui/parts.tsx';
import { soundRight } from '#desk/ui/sound.ts';
import { Modal } from '@mantine/core';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';

/** Pause between two looks: about 7 a second leaves an old PC usable. */
const LOOK_EVERY_MS = 140;

let prepared = false;
function prepare(): void {
  if (prepared) return;
  prepared = true;
  prepareZXingModule({ overrides: { locateFile: (path: string, prefix: string) => (path.endsWith('.wasm') ? wasmUrl : prefix + path) } });
}

export function CameraScan({ close, onText }: { readonly close: () => void; readonly onText: (text: string) => void }): ReactElement {
  const { t } = useText();
  const video = useRef<HTMLVideoElement>(null);
  const [problem, setProblem] = useState<'common.cameraNone' | 'common.cameraRefused'>();
  const [read, setRead] = useState(0);
  const latest = useRef(onText);
  useEffect(() => {
    latest.current = onText;
  });

  useEffect(() => {
    prepare();
    let stopped = false;
    let stream: MediaStream | undefined;
    const seen = new Set<string>();
    const look = async (): Promise<void> => {
      if (stopped) return;
      const element = video.current;
      if (element !== null && element.videoWidth > 0) {
        for (const { text } of await readBarcodes(pictureOf(element), {
          formats: ['QRCode', 'Code128', 'DataMatrix'],
          tryHarder: true,
          maxNumberOfSymbols: 4,
        })) {
          if (text === '' || seen.has(text)) continue;
          seen.add(text);
          soundRight();
          setRead(seen.size);
          latest.current(text);
        }
      }
      if (!stopped) setTimeout(() => void look(), LOOK_EVERY_MS);
    };
    const start = async (): Promise<void> => {
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1280 } } });
        if (stopped || video.current === null) return stop();
        video.current.srcObject = stream;
        await video.current.play();
        await look();
      } catch (error) {
        if (!stopped)
          setProblem(error instanceof DOMException && error.name === 'NotAllowedError' ? 'common.cameraRefused' : 'common.cameraNone');
      }
    };
    const stop = (): void => {
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
    void start();
    return () => {
      stopped = true;
      stop();
    };
  }, []);

  return (
    <Modal opened onClose={close} title={t('common.cameraScan')} size="lg" closeButtonProps={{ 'aria-label': t('common.close') }}>
      {problem === undefined ? (
        <div className="n-stack">
          <video
            ref={video}
            muted
            playsInline
            style={{ width: '100%', background: '#000', borderRadius: 4 }}
            aria-label={t('common.cameraPicture')}
          />
          <p role="status">{read === 0 ? t('common.cameraHold') : t('common.cameraRead', { count: read })}</p>
        </div>
      ) : (
        <Note tone="warn" title={t(problem)}>
          {t('common.cameraInstead')}
        </Note>
      )}
    </Modal>
  );
}

function pictureOf(video: HTMLVideoElement): ImageData {
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('invariant: a canvas has a 2d context');
  context.drawImage(video, 0, 0);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}
