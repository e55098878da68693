// Draws, and asks the C# side for the next steps once a frame. Page.cs is the other side.
import { dotnet } from './_framework/dotnet.js';

const width = 4, height = 3;        // of the plane, with its origin in the middle
const radius = 9;                   // of a point, in pixels of the canvas
const element = id => document.getElementById(id);
const style = getComputedStyle(document.documentElement);
const colors = ['--first', '--second'].map(name => style.getPropertyValue(name));
const plane = element('plane').getContext('2d');
const curve = element('curve').getContext('2d');
const small = document.createElement('canvas').getContext('2d');

let moons = [];                     // the points of each, as a path
let losses = [];                    // [steps, loss] of frames
let frames = [];                    // [time, steps] of the last second
let frame = 0;                      // the one that was asked for; 0 while paused

function showPoints(points, labels) {
    moons = [new Path2D(), new Path2D()];
    labels.forEach((moon, i) => {
        const x = (points[2 * i] / width + 0.5) * plane.canvas.width, y = (0.5 - points[2 * i + 1] / height) * plane.canvas.height;
        moons[moon].moveTo(x + radius, y);
        moons[moon].arc(x, y, radius, 0, 2 * Math.PI);
    });
    losses = [];
    frames = [];
}

function showAnswers(pixels, columns, steps, loss, accuracy) {
    // The network is asked for fewer points than the canvas has pixels; those between are interpolated.
    const image = new ImageData(new Uint8ClampedArray(pixels.slice()), columns);
    small.canvas.width = image.width;
    small.canvas.height = image.height;
    small.putImageData(image, 0, 0);
    plane.imageSmoothingQuality = 'high';
    plane.drawImage(small.canvas, 0, 0, plane.canvas.width, plane.canvas.height);
    plane.strokeStyle = 'white';
    plane.lineWidth = 6;
    moons.forEach((path, moon) => {
        plane.fillStyle = colors[moon];
        plane.stroke(path);
        plane.fill(path);
    });

    const now = performance.now();
    frames.push([now, steps]);
    while (now - frames[0][0] > 1000)
        frames.shift();
    const [then, before] = frames[0];
    element('accuracy').textContent = (100 * accuracy).toFixed(1) + ' %';
    element('loss').textContent = isNaN(loss) ? '–' : loss.toFixed(3);
    element('steps').textContent = steps.toLocaleString('en');
    element('speed').textContent = now > then ? Math.round(1000 * (steps - before) / (now - then)).toLocaleString('en') : '–';
    if (!isNaN(loss))
        losses.push([steps, loss]);
    if (losses.length > 1000)
        losses = losses.filter((_, i) => i % 2);
    showCurve(steps);
}

function showCurve(steps) {
    const { width, height } = curve.canvas, most = Math.max(...losses.map(([, loss]) => loss));
    curve.clearRect(0, 0, width, height);
    curve.strokeStyle = colors[0];
    curve.lineWidth = 4;
    curve.lineJoin = 'round';
    curve.beginPath();
    for (const [step, loss] of losses)
        curve.lineTo(width * step / steps, height * (1 - 0.96 * loss / most));
    curve.stroke();
}

function next() {
    frame = requestAnimationFrame(next);
    Page.Learn(element('pace').valueAsNumber);
}

function pause() {
    cancelAnimationFrame(frame);
    frame = 0;
    frames = [];
    element('start').textContent = 'Start';
}

function start() {
    frame = requestAnimationFrame(next);
    element('start').textContent = 'Pause';
}

element('start').onclick = () => frame ? pause() : start();
element('reset').onclick = () => {
    pause();
    Page.Reset(Math.trunc(element('seed').valueAsNumber) || 0);
};
element('pace').oninput = () => element('paceShown').value = element('pace').value;

const { setModuleImports, getAssemblyExports, getConfig, runMain } = await dotnet.create();
setModuleImports('page', { showPoints, showAnswers });
const { Page } = (await getAssemblyExports(getConfig().mainAssemblyName)).Browser;
await runMain();
element('start').disabled = element('reset').disabled = false;
