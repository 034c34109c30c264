import './app/styles/tokens.css';
import './app/styles/base.css';
import './app/styles/layout.css';
import { startRouter } from './app/page/router';

const root = document.querySelector<HTMLElement>('#root');
if (!root) throw new Error('The page has no element #root.');
startRouter(root);
