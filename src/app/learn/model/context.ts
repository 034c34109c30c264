import { createContext, useContext } from 'react';
import { useStore } from '../../page/useStore';
import type { LearnRunState } from '../run/learnState';
import type { LearnPageState } from '../url/pageState';
import type { Lens } from './choices';
import type { LearnModel } from './learnModel';
import type { LookState } from './looker';

export const LearnContext = createContext<LearnModel | undefined>(undefined);

export function useLearn(): LearnModel {
  const model = useContext(LearnContext);
  if (!model) throw new Error('This component needs a learning page around it.');
  return model;
}

export const useLearnPage = <S>(select: (state: LearnPageState) => S): S => useStore(useLearn().page, select);
export const useTraining = <S>(select: (state: LearnRunState) => S, lens: Lens = 'first'): S => useStore(useLearn().controller(lens).state, select);
/** The network that is looked into. */
export const useLens = (): Lens => useStore(useLearn().lens, (lens) => lens);
/** The shape on screen as the network sees it that is looked into, or as a given one does. */
export function useLook<S>(select: (state: LookState) => S, lens?: Lens): S {
  const looked = useLens();
  return useStore(useLearn().lookers[lens ?? looked].state, select);
}
