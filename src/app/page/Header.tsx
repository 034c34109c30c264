import { HeaderBar } from './HeaderBar';
import { useModel } from './model';

const WHAT = 'Finds how an object stands in an image: an encoder guesses, a differentiable renderer compares, gradients turn the object until both agree.';

export function Header({ onHelp, announce }: { onHelp(): void; announce(text: string): void }) {
  const model = useModel();
  const local = () => model.page.get().object.kind === 'file' || model.image.get() !== undefined || model.encoder.get() !== undefined;
  return (
    <HeaderBar
      lab="pose" what={WHAT} notices={model.notices} link={() => model.link()} onHelp={onHelp} announce={announce}
      leftOut={() => (local() ? 'Files of your own and encoders trained here stay here.' : undefined)}
    />
  );
}
