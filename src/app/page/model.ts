import { createContext, useContext } from 'react';
import type { PageModel } from '../model/pageModel';
import type { RunController } from '../run/controller';
import { IDLE_RUN, type RunState } from '../run/runState';
import type { PageState } from '../url/pageState';
import { useStore } from './useStore';

export const ModelContext = createContext<PageModel | undefined>(undefined);

export function useModel(): PageModel {
  const model = useContext(ModelContext);
  if (!model) throw new Error('This component needs a page model around it.');
  return model;
}

export const useController = (): RunController => useModel().run;
export const useRun = <S>(select: (state: RunState) => S): S => useStore(useController().state, select);

/** What a run says of the object on the page: nothing while another one is on its way, since figures of one say nothing of the next. */
export function useShownRun<S>(select: (state: RunState) => S): S {
  const changing = useStore(useModel().object, ({ loading }) => loading !== undefined);
  const selected = useRun(select);
  return changing ? select(IDLE_RUN) : selected;
}
export const usePage = <S>(select: (state: PageState) => S): S => useStore(useModel().page, select);
