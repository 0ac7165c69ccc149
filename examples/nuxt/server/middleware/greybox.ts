import { createGreybox } from 'greybox';
import { fromNodeMiddleware } from 'h3';

export default fromNodeMiddleware(createGreybox().node);
