#!/bin/bash
# Contact sheets of what moves: camera moves, text animations, charts, logo reveals, layers. A film of each group is ordered as a user would order it, and six frames of every scene of three seconds are
# laid in a row (PNG). Transitions, looks and effects have sheets of their own: `url2video effects --sheets DIR`. For people to look at; nothing is judged here.
# usage: run.sh FOLDER
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
folder=${1:?usage: run.sh FOLDER}
mkdir -p "$folder/images"
cd "$folder"
cp "$root"/samples/product/images/*.jpg "$root"/samples/storyboard/images/*.jpg images/
# A ring and a bar, drawn by arithmetic: a mark with round edges, straight ones and a hole.
ffmpeg -v error -y -f lavfi -i "color=black:s=480x480,format=rgba,geq=r='if(lt(hypot(X-240,Y-240),150),255,30)':g='if(lt(hypot(X-240,Y-240),150),180,120)':b='60':a='255*clip(min(min(220-hypot(X-240,Y-240),hypot(X-240,Y-240)-120)+0.5,1)+gt(1,0)*max(0,min(1,min(46-abs(X-240),90-abs(Y-240)))),0,1)'" -frames:v 1 images/logo.png

scenes=()
scene() { scenes+=("{\"id\":\"s${#scenes[@]}\",\"say\":\"\",\"timing\":{\"fixedMs\":3000},\"transition\":{\"kind\":\"cut\"},$1}"); }
picture() { echo "\"visual\":{\"kind\":\"image\",\"asset\":\"images/$1.jpg\"${2:+,$2}}"; }
ground='"visual":{"kind":"procedural","pattern":"grid","seed":3}'
named() { echo "\"text\":[{\"kind\":\"lowerThird\",\"values\":[\"$1\"],\"animation\":{\"kind\":\"none\"}}]"; }

# Renders the scenes so far as NAME and lays six frames of each in a row, eight rows a sheet.
sheet() {
  local name=$1 joined
  joined=$(IFS=,; echo "${scenes[*]}")
  echo "{\"schema\":\"url2video.storyboard/1\",\"title\":\"$name\",\"canvas\":{\"width\":960,\"height\":540,\"fps\":30},\"scenes\":[$joined]}" > "$name.json"
  rm -rf "out-$name"
  "$root/url2video" render "$name.json" --out "out-$name" --format mp4 --captions none > "$name.log" 2>&1 || { tail -5 "$name.log"; echo "FAILED: $name"; scenes=(); return; }
  ffmpeg -v error -y -i "out-$name/video.mp4" -vf "select='between(mod(n\,90)\,4\,84)*not(mod(mod(n\,90)-4\,16))',scale=320:-2,tile=6x8:padding=4" -vsync 0 "$name-%d.png"
  echo "$name: ${#scenes[@]} scenes, $(ls "$name"-*.png | wc -l) sheets"
  scenes=()
}

for move in panLeft panRight tiltUp tiltDown roll orbit zoom dollyZoom; do scene "$(picture high "\"fit\":\"cover\",\"camera\":{\"move\":\"$move\",\"ms\":2600}"),$(named "$move")"; done
scene "$(picture high '"camera":{"move":"dollyZoom","fromDistance":5,"toDistance":10}'),$(named "dollyZoom out")"
scene "$(picture high '"camera":{"move":"tracking","path":[[0,20],[50,70],[100,20]]}'),$(named tracking)"
sheet camera

for kind in none fadeIn fadeInUp slideInLeft slideInRight slideInUp slideInDown zoomIn blurIn wipe wordByWord wordPop letterByLetter typewriter; do
  scene "$ground,\"text\":[{\"kind\":\"title\",\"values\":[\"A calm $kind\",\"The tide comes in by twelfths\"],\"animation\":{\"kind\":\"$kind\"}}]"
done
scene "$ground,\"text\":[{\"kind\":\"number\",\"values\":[\"12,500\",\"counted up\"],\"animation\":{\"kind\":\"countUp\"}}]"
scene "$ground,\"text\":[{\"kind\":\"title\",\"values\":[\"High water\"],\"animation\":{\"kind\":\"morph\",\"fromText\":\"Low water\",\"delayMs\":400}}]"
scene "$ground,\"text\":[{\"kind\":\"title\",\"values\":[\"Everything is ready now\"],\"animation\":{\"kind\":\"morph\",\"fromText\":\"Soon\",\"delayMs\":400}}]"
sheet text

for reveal in none fade wipe scale blurIn iris draw glitch lightSweep particles; do
  scene "\"visual\":{\"kind\":\"solid\",\"colour\":\"#10243a\"},\"logo\":{\"asset\":\"images/logo.png\",\"reveal\":\"$reveal\",\"delayMs\":200,\"ms\":1600},$(named "$reveal")"
done
sheet reveals

for blend in normal multiply screen overlay softLight add darken lighten difference; do
  scene "$(picture rising),\"layers\":[{\"visual\":{\"kind\":\"image\",\"asset\":\"images/parts.jpg\"},\"box\":{\"x\":0.1,\"y\":0.1,\"width\":0.5,\"height\":0.5},\"blend\":\"$blend\",\"keyframes\":[{\"atMs\":0},{\"atMs\":2800,\"x\":0.65,\"rotate\":20,\"scale\":1.2}]}],$(named "$blend")"
done
for mask in circle rounded; do
  scene "$(picture rising),\"layers\":[{\"visual\":{\"kind\":\"image\",\"asset\":\"images/parts.jpg\"},\"box\":{\"x\":0.1,\"y\":0.1,\"width\":0.5,\"height\":0.6},\"mask\":\"$mask\",\"keyframes\":[{\"atMs\":0,\"opacity\":0},{\"atMs\":1000,\"opacity\":1},{\"atMs\":2800,\"x\":0.65,\"rotate\":-30}]}],$(named "$mask")"
done
sheet layers

for type in bar line donut; do
  scene "$ground,\"text\":[{\"kind\":\"chart\",\"values\":[\"Range of the tide\"],\"chart\":{\"type\":\"$type\",\"unit\":\"m\",\"data\":[{\"label\":\"Brest\",\"value\":6.1},{\"label\":\"Bristol\",\"value\":12.3},{\"label\":\"Hamburg\",\"value\":3.4},{\"label\":\"Kiel\",\"value\":0.3}]}}]"
done
for mode in beside slide; do
  scene "\"visual\":{\"kind\":\"split\",\"left\":\"images/low.jpg\",\"right\":\"images/high.jpg\",\"mode\":\"$mode\",\"labels\":[\"Low\",\"High\"],\"sweep\":[{\"atMs\":200,\"at\":0.2},{\"atMs\":2600,\"at\":0.8}]},$(named "split $mode")"
done
scene "\"visual\":{\"kind\":\"spin\",\"assets\":[\"images/low.jpg\",\"images/rising.jpg\",\"images/high.jpg\"],\"fade\":0.5},$(named spin)"
scene "$(picture hero),\"lighting\":{\"key\":{\"intensity\":1.4,\"azimuth\":-60}},$(named lighting)"
scene "$(picture hero '"brush":[{"mask":{"shape":"ellipse","x":0.5,"y":0.5,"width":0.5,"height":0.5},"dx":0.03,"ms":2000}]'),$(named "motion brush")"
sheet others
