const HOSTS = ['picsum.photos', 'placehold.co', 'via.placeholder.com'];

beforeEach(() => {
  for (const host of HOSTS) {
    cy.intercept({ hostname: host }, (request) => {
      const { pathname, search } = new URL(request.url);
      request.redirect(`${Cypress.env('greybox')}/${host}${pathname}${search}`);
    });
  }
});
