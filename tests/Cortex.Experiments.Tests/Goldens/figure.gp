# Latency & load <of> "all"
# gnuplot example.gp  (5.4 or later), in this folder, writes example.gnuplot.svg
# Mean of 5 repetitions with its 95 % interval. Hollow: too few samples. Step times: roofline (functional: not calibrated against a machine).
data = 'example.csv'
set datafile separator ','
set datafile missing NaN
set terminal svg size 780,380 noenhanced font 'Helvetica,12' background '#ffffff'
set output 'example.gnuplot.svg'
set grid lc rgb '#e4e4e4' lt 1
set border 3
set tics nomirror
set key top left samplen 1 font ',9'
set xlabel 'load'
set xrange [0.44:2.06]
set ylabel 'time (s)'
set yrange [0.01:10]
set logscale y
of(p, s, t) = strcol(1) eq p && strcol(2) eq s && strcol(3) eq t
set multiplot layout 1,2 title 'Latency & load <of> "all"'."\n".'Mean of 5 repetitions with its 95 % interval. Hollow: too few samples. Step times: roofline (functional: not calibrated'."\n".'against a machine).'
set title 'p50'
plot data using (of('p50', 'baseline', '') ? $4 : NaN):5:6:7 with yerrorbars lc rgb '#0072B2' pt 0 notitle, \
     data using (of('p50', 'baseline', '') ? $4 : NaN):5 with linespoints lc rgb '#0072B2' lw 2 pt 7 title 'baseline', \
     data using (of('p50', 'isolated', '') ? $4 : NaN):5 with linespoints lc rgb '#D55E00' lw 2 pt 5 title 'isolated'
set title 'p99'
plot data using (of('p99', 'baseline', '') ? $4 : NaN):5:6:7 with yerrorbars lc rgb '#0072B2' pt 0 notitle, \
     data using (of('p99', 'baseline', '') ? $4 : NaN):5 with linespoints lc rgb '#0072B2' lw 2 pt 7 title 'baseline'
unset multiplot
# Where the time goes
# gnuplot bars.gp  (5.4 or later), in this folder, writes bars.gnuplot.svg
data = 'bars.csv'
set datafile separator ','
set datafile missing NaN
set terminal svg size 1040,640 noenhanced font 'Helvetica,12' background '#ffffff'
set output 'bars.gnuplot.svg'
set grid lc rgb '#e4e4e4' lt 1
set border 3
set tics nomirror
set key top left samplen 1 font ',9'
set xlabel 'seconds'
set xrange [0:16]
set ylabel ''
set ytics ('shared pools, prefix-aware routing with a load guard' 0, 'isolated' 1, 'a' 2, 'b' 3, 'c' 4, 'd' 5, 'e' 6, 'f' 7, 'g' 8)
set yrange [8.5:-0.5]
of(p, s, t) = strcol(1) eq p && strcol(2) eq s && strcol(3) eq t
row(dummy) = strcol(5) eq 'shared pools, prefix-aware routing with a load guard' ? 0 : strcol(5) eq 'isolated' ? 1 : strcol(5) eq 'a' ? 2 : strcol(5) eq 'b' ? 3 : strcol(5) eq 'c' ? 4 : strcol(5) eq 'd' ? 5 : strcol(5) eq 'e' ? 6 : strcol(5) eq 'f' ? 7 : strcol(5) eq 'g' ? 8 : NaN
set multiplot layout 2,3 title 'Where the time goes'
set title 'load 0'
plot data using (of('load 0', 'queue', '') ? $10 : NaN):(row(0)):10:11:(row(0) - 0.36):(row(0) + 0.36) with boxxyerror fs solid lc rgb '#332288' title 'queue', \
     data using (of('load 0', 'decode', '') ? $10 : NaN):(row(0)):10:11:(row(0) - 0.36):(row(0) + 0.36) with boxxyerror fs solid lc rgb '#88CCEE' title 'decode'
set title 'load 1'
plot data using (of('load 1', 'queue', '') ? $10 : NaN):(row(0)):10:11:(row(0) - 0.36):(row(0) + 0.36) with boxxyerror fs solid lc rgb '#332288' title 'queue', \
     data using (of('load 1', 'decode', '') ? $10 : NaN):(row(0)):10:11:(row(0) - 0.36):(row(0) + 0.36) with boxxyerror fs solid lc rgb '#88CCEE' title 'decode'
set title 'load 2'
plot data using (of('load 2', 'queue', '') ? $10 : NaN):(row(0)):10:11:(row(0) - 0.36):(row(0) + 0.36) with boxxyerror fs solid lc rgb '#332288' title 'queue', \
     data using (of('load 2', 'decode', '') ? $10 : NaN):(row(0)):10:11:(row(0) - 0.36):(row(0) + 0.36) with boxxyerror fs solid lc rgb '#88CCEE' title 'decode'
set title 'load 3'
plot data using (of('load 3', 'queue', '') ? $10 : NaN):(row(0)):10:11:(row(0) - 0.36):(row(0) + 0.36) with boxxyerror fs solid lc rgb '#332288' title 'queue', \
     data using (of('load 3', 'decode', '') ? $10 : NaN):(row(0)):10:11:(row(0) - 0.36):(row(0) + 0.36) with boxxyerror fs solid lc rgb '#88CCEE' title 'decode'
set title 'load 4'
plot data using (of('load 4', 'queue', '') ? $10 : NaN):(row(0)):10:11:(row(0) - 0.36):(row(0) + 0.36) with boxxyerror fs solid lc rgb '#332288' title 'queue', \
     data using (of('load 4', 'decode', '') ? $10 : NaN):(row(0)):10:11:(row(0) - 0.36):(row(0) + 0.36) with boxxyerror fs solid lc rgb '#88CCEE' title 'decode'
set title 'load 5'
plot data using (of('load 5', 'queue', '') ? $10 : NaN):(row(0)):10:11:(row(0) - 0.36):(row(0) + 0.36) with boxxyerror fs solid lc rgb '#332288' title 'queue', \
     data using (of('load 5', 'decode', '') ? $10 : NaN):(row(0)):10:11:(row(0) - 0.36):(row(0) + 0.36) with boxxyerror fs solid lc rgb '#88CCEE' title 'decode'
unset multiplot
