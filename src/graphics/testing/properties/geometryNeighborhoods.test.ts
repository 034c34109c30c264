import { NEIGHBORHOODS, NEIGHBORHOODS_EXEMPT } from './geometryNeighborhoods';
import { NEIGHBORHOOD_OPTIONS } from './geometryOptions';
import { testRoom } from './testRoom';

const ROOMS = ['convolution', 'deformationEnergy', 'neighborhood', 'pointHierarchy', 'registration'];

for (const room of ROOMS) {
  const within = <T>(table: Readonly<Record<string, T>>) => Object.fromEntries(Object.entries(table).filter(([path]) => path.startsWith(`geometry.${room}.`)));
  testRoom(`geometry.${room}`, within({ ...NEIGHBORHOODS, ...NEIGHBORHOOD_OPTIONS }), within(NEIGHBORHOODS_EXEMPT));
}
