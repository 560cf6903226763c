// Two sounds made by the browser itself: a short tick for right, a long low pair for wrong. Never the only sign.

let context: AudioContext | undefined;

function tone(frequency: number, startS: number, lengthS: number, gain: number): void {
  context ??= new AudioContext();
  const oscillator = context.createOscillator();
  const volume = context.createGain();
  oscillator.frequency.value = frequency;
  oscillator.type = 'square';
  volume.gain.value = gain;
  oscillator.connect(volume).connect(context.destination);
  oscillator.start(context.currentTime + startS);
  oscillator.stop(context.currentTime + startS + lengthS);
}

export function soundRight(): void {
  play(() => tone(1320, 0, 0.07, 0.06));
}

export function soundWrong(): void {
  play(() => {
    tone(220, 0, 0.35, 0.2);
    tone(165, 0.42, 0.5, 0.2);
  });
}

/** A PC without a sound device must not lose the screen for it. */
function play(sound: () => void): void {
  try {
    sound();
  } catch {
    context = undefined;
  }
}
