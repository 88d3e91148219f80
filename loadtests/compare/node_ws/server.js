// Node, ws and ioredis: each message is framed once and the same bytes go to every socket, past ws's own send().
const http = require("node:http");
const { Redis } = require("ioredis");
const { Sender, WebSocketServer } = require("ws");

const redis = { host: "127.0.0.1", port: Number(process.env.REDIS_PORT) };
const publisher = new Redis(redis);
const subscriber = new Redis(redis);
const rooms = new Map();

function enter(room, socket) {
  let members = rooms.get(room);
  if (!members) {
    rooms.set(room, (members = new Set()));
    subscriber.subscribe(room);
  }
  members.add(socket);
  return members;
}

subscriber.on("messageBuffer", (room, message) => {
  const options = { fin: true, opcode: 1, mask: false, readOnly: true, rsv1: false };
  const frame = Buffer.concat(Sender.frame(message, options));
  for (const socket of rooms.get(String(room))) socket.write(frame);
});

const server = http.createServer();
const sockets = new WebSocketServer({ server, perMessageDeflate: false, maxPayload: 16384 });

sockets.on("connection", (websocket, request) => {
  const room = request.url.slice(1);
  const members = enter(room, request.socket);
  websocket.on("message", (message) => publisher.publish(room, message));
  websocket.on("close", () => members.delete(request.socket));
  websocket.on("error", () => websocket.terminate());
  websocket.send("joined");
});

server.listen({ host: "127.0.0.1", port: Number(process.env.PORT), backlog: 4096 });
