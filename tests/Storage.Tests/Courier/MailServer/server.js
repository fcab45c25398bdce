// A mail server for tests. Its argument, JSON, says what it wants; it prints a JSON object per line:
// first its port, then each mail before it answers for it. It ends with its standard input.
'use strict';

const fs = require('node:fs');
const { SMTPServer } = require('smtp-server');

const wanted = JSON.parse(process.argv[2]);
const times = new Map();

const tell = what => fs.writeSync(1, JSON.stringify(what) + '\n');
const die = () => process.kill(process.pid, 'SIGKILL');
const refusal = (code, text) => Object.assign(new Error(text), { responseCode: code });

const asked = address => {
    times.set(address, (times.get(address) ?? 0) + 1);
    return times.get(address);
};

const server = new SMTPServer({
    secure: wanted.tls === 'implicit',
    disabledCommands: wanted.tls === 'starttls' ? [] : ['STARTTLS'],
    key: wanted.key,
    cert: wanted.certificate,
    authOptional: !wanted.password,
    disableReverseLookup: true,
    logger: false,

    onAuth(login, session, done) {
        if (login.username === wanted.user && login.password === wanted.password)
            return done(null, { user: login.username });
        return done(refusal(535, '5.7.8 wrong name or password'));
    },

    // The name before the @ says what shall happen.
    onRcptTo({ address }, session, done) {
        if (address.startsWith('gone@')) return done(refusal(550, '5.1.1 no such mailbox'));
        if (address.startsWith('busy@') && asked(address) <= 2)
            return done(refusal(450, '4.2.1 try again later'));
        return done();
    },

    onData(stream, session, done) {
        const parts = [];
        const to = session.envelope.rcptTo.map(r => r.address);
        stream.on('data', part => {
            if (wanted.dies === 'within') die();
            parts.push(part);
        });
        stream.on('end', () => {
            if (to.some(address => address.startsWith('strict@')))
                return done(refusal(554, '5.7.1 not from you'));
            tell({
                from: session.envelope.mailFrom.address,
                to,
                tls: session.secure === true,
                user: session.user ?? null,
                content: Buffer.concat(parts).toString('base64'),
            });
            if (wanted.dies === 'before the answer') die();
            return done();
        });
    },
});

server.on('error', () => { /* a client that broke off is part of the tests */ });
server.listen(wanted.port, '127.0.0.1', () => tell({ port: server.server.address().port }));
process.stdin.on('end', () => process.exit(0)).resume();
