export default { title: 'Card' };

export const Card = () => '<img src="/placeholders/300x200.webp" width="300" height="200" alt="">';
