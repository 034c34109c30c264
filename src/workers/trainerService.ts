import { createEncoderTrainer, type EncoderTrainer } from '../experiments/pose/encoder/trainer';
import { createAnswering } from './answer';
import { createHeldBackPainter, type HeldBackPainter } from './heldBackPictures';
import type { TrainerApi, TrainerStep } from './trainerApi';

/** Poses held back; all are measured, the first few drawn. */
const HELD_BACK = 48;
const DRAWN = 8;

/** An encoder's training behind the page's protocol: one at a time. `backend` is another one in tests. */
export function createTrainerService(backend: 'webgl' | 'cpu' = 'webgl'): TrainerApi {
  const graphics = createAnswering();
  const { answer } = graphics;
  let training: { trainer: EncoderTrainer; painter: HeldBackPainter } | undefined;

  const current = () => {
    if (!training) throw new Error('No training was begun.');
    return training;
  };
  const close = () => {
    training?.trainer.dispose();
    training?.painter.dispose();
    training = undefined;
  };
  const stepOf = ({ step, loss }: EncoderTrainer): TrainerStep => ({ step, loss });

  return {
    open: ({ object, settings, seed, checkpoint }, onProgress) => answer(async () => {
      onProgress({ label: 'Starting the graphics engine' });
      await graphics.start(backend);
      close();
      onProgress({ label: 'Drawing the object from all sides', fraction: 0 });
      const trainer = await createEncoderTrainer({
        object, settings, seed, checkpoint, heldBack: HELD_BACK,
        // The page draws on the same device.
        readEvery: 1,
        onProgress: (fraction) => onProgress({ label: 'Drawing the object from all sides', fraction }),
      });
      try {
        training = { trainer, painter: createHeldBackPainter(object) };
      } catch (error) {
        trainer.dispose();
        throw error;
      }
      return stepOf(trainer);
    }),
    advance: (batches) => answer(async () => {
      const { trainer } = current();
      for (let i = 0; i < batches; i++) await trainer.advance();
      return stepOf(trainer);
    }),
    evaluate: () => answer(async () => {
      const { trainer, painter } = current();
      const { step, medianDeg, shareUnder30, shareAnyUnder30, results } = await trainer.evaluate();
      return { step, medianDeg, shareUnder30, shareAnyUnder30, pictures: await painter.paint(results.slice(0, DRAWN)) };
    }),
    artifacts: () => answer(() => current().trainer.artifacts()),
    checkpoint: () => answer(() => current().trainer.checkpoint()),
    close: async () => close(),
  };
}
