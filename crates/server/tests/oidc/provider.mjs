// A certified OpenID Connect provider (npm package oidc-provider) for the tests of signing in.
// Arguments: the folder that holds node_modules, then addresses to come back to.
// It prints its issuer address, and ends when its standard input does.
import { createRequire } from 'node:module';
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';

const [folder, inToken, ...redirects] = process.argv.slice(2);
const require = createRequire(pathToFileURL(`${folder}/package.json`));
const { default: Provider } = await import(pathToFileURL(require.resolve('oidc-provider')));

// What the provider says about somebody; a test changes it at /-/person.
const people = new Map();
const person = (sub) => people.get(sub) ?? { email: `${sub}@example.org`, email_verified: true };

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'throughline', client_secret: 'a-secret', redirect_uris: redirects }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: inToken !== 'in-token',
    pkce: { required: () => true },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...person(sub) }) }),
  });
  const answer = provider.callback();
  server.on('request', (request, response) => {
    const url = new URL(request.url, issuer);
    if (url.pathname === '/-/person') {
      const { sub, ...said } = JSON.parse(url.searchParams.get('is'));
      people.set(sub, said);
      response.end('noted');
    } else {
      answer(request, response);
    }
  });
  console.log(issuer);
});
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
