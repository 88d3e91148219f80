// Socket.IO with its Redis adapter: websocket transport only, and the request of the handshake forgotten,
// as Socket.IO's notes on performance recommend.
const http = require("node:http");
const { createAdapter } = require("@socket.io/redis-adapter");
const { Redis } = require("ioredis");
const { Server } = require("socket.io");

const publisher = new Redis({ host: "127.0.0.1", port: Number(process.env.REDIS_PORT) });
const server = http.createServer();
const io = new Server(server, {
  adapter: createAdapter(publisher, publisher.duplicate()),
  perMessageDeflate: false,
  serveClient: false,
  transports: ["websocket"],
});

io.engine.on("connection", (connection) => {
  connection.request = null;
});

io.on("connection", (socket) => {
  const room = socket.handshake.query.room;
  socket.join(room);
  socket.on("say", (text) => io.to(room).emit("said", text));
});

server.listen({ host: "127.0.0.1", port: Number(process.env.PORT), backlog: 4096 });
